/** What is wrong with a file, where, and what is allowed. Lines and columns count from 1. */
export interface FileFault {
  /** Relative to the dashboards folder: `boards/toan-canh.yaml`. */
  file: string;
  line: number;
  column: number;
  /** Path inside the file: `panels.received.at.w`; empty for SQL. */
  path: string;
  message: string;
}
