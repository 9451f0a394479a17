/** A priority queue: the first item by `order` comes out first. */
export interface Heap<T> {
  push: (item: T) => void;
  /** Takes the first item; undefined when empty. */
  pop: () => T | undefined;
  peek: () => T | undefined;
}

/** A binary heap. */
export function createHeap<T>(order: (a: T, b: T) => number): Heap<T> {
  const items: T[] = [];
  const precedes = (a: number, b: number) => {
    const first = items[a];
    const second = items[b];
    return first !== undefined && second !== undefined && order(first, second) < 0;
  };
  const swap = (a: number, b: number) => {
    const first = items[a];
    const second = items[b];
    if (first === undefined || second === undefined) return;
    items[a] = second;
    items[b] = first;
  };
  const sink = (from: number) => {
    for (let at = from; ;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) if (precedes(child, least)) least = child;
      if (least === at) return;
      swap(at, least);
      at = least;
    }
  };
  return {
    push(item) {
      let at = items.push(item) - 1;
      for (let parent = (at - 1) >> 1; at > 0 && precedes(at, parent); parent = (at - 1) >> 1) {
        swap(at, parent);
        at = parent;
      }
    },
    pop() {
      if (items.length > 1) swap(0, items.length - 1);
      const item = items.pop();
      sink(0);
      return item;
    },
    peek: () => items[0],
  };
}
