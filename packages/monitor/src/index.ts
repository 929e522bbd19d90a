/** The second witness: judges a yard from outside and tells people through issues of their host. */
export {};
