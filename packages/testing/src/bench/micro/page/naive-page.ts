/**
 * What one writes first: all servers, jobs and messages as elements, and all of them anew each second and with each key of the
 * search, as the dashboard did that came before this one.
 */
export const NAIVE_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>All at once</title>
<input id="search">
<main></main>
<script>
let data;
const age = (at) => Math.round((Date.now() - Date.parse(at)) / 1000) + ' s ago';
const row = (...cells) => '<li><div>' + cells.map((it) => '<span>' + it + '</span>').join(' ') + '</div></li>';
const strip = () => '<i></i>'.repeat(96);
const has = (words) => (it) => JSON.stringify(it).toLowerCase().includes(words);
function draw() {
  const sought = has(document.querySelector('#search').value.toLowerCase());
  const list = (name, items, cells) =>
    '<h2>' + name + '</h2><ul>' + items.filter(sought).map((it) => row(...cells(it))).join('') + '</ul>';
  document.querySelector('main').innerHTML =
    '<h1>' + data.yard + '</h1>' +
    list('Servers', data.agents, (it) => [it.id, it.pool, it.status, it.cpuPercent, age(it.lastBeatAt), strip()]) +
    list('Jobs', data.jobs, (it) => [it.repository, it.branch, it.status, it.agent, it.priority, age(it.submittedAt), it.reasons.map((why) => why.text)]) +
    list('Messages', data.messages, (it) => [it.from, it.to, it.subject, it.priority, age(it.sentAt)]);
}
document.querySelector('#search').addEventListener('input', draw);
fetch('yard/naive.json').then((it) => it.json()).then((it) => {
  data = it;
  draw();
  setInterval(draw, 1000);
});
</script>
</html>`;
