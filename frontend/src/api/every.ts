// All pages of a list that is short by nature, such as the people of one session.

type Page<T> = { items: T[]; next?: string | null };

const MOST_PAGES = 50;

export async function everyPage<T>(load: (cursor: { cursor?: string }) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = [];
  let cursor: { cursor?: string } = {};
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const { items, next } = await load(cursor);
    all.push(...items);
    if (!next) break;
    cursor = { cursor: next };
  }
  return all;
}
