/** Sets properties of an element's style by script: a style attribute is what the content policy forbids. */
import { noChange } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';

type Properties = Readonly<Record<string, string>>;

class Styled extends Directive {
  #before: Properties = {};

  override update({ element }: ElementPart, [properties]: [Properties]) {
    for (const [name, value] of Object.entries(properties))
      if (this.#before[name] !== value) (element as HTMLElement).style.setProperty(name, value);
    this.#before = properties;
    return noChange;
  }

  render(_properties: Properties) {
    return noChange;
  }
}

export const styled = directive(Styled);
