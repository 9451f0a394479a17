/** How to reach a ClickHouse server as one user. */
export interface Access {
  url: string;
  username: string;
  password: string;
}

/**
 * The users of an installation: `owner` makes tables, `writer` inserts, `reader` answers (read-only, limited), `keeper` keeps accounts and the
 * log of what was done with them, which no other but the owner sees.
 */
export interface Accesses {
  owner: Access;
  writer: Access;
  reader: Access;
  keeper: Access;
}
