/** A function of one object that works its answer out once for each object. */
export function remembered<From extends object, To>(make: (from: From) => To): (from: From) => To {
  const known = new WeakMap<From, { made: To }>();
  return (from) => {
    const last = known.get(from) ?? { made: make(from) };
    known.set(from, last);
    return last.made;
  };
}
