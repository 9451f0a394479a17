/** How to reach a ClickHouse server as one user. */
export interface Access {
  url: string;
  username: string;
  password: string;
}

/** The three users of an installation: `owner` makes tables, `writer` inserts, `reader` answers (read-only, limited). */
export interface Accesses {
  owner: Access;
  writer: Access;
  reader: Access;
}
