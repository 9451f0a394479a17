/** The files that the embedded server is started with. Both hold generated passwords and are written with mode 0600. */

/** Passwords of the named users. */
export interface Passwords {
  owner: string;
  writer: string;
  reader: string;
  keeper: string;
  analyst: string;
}

/** Limits of the embedded server. */
export interface EngineLimits {
  /** Memory of the whole server, in bytes. */
  server_memory: number;
  /** Memory of one query of the reader, in bytes. */
  query_memory: number;
  /** Threads of one query of the reader. */
  query_threads: number;
}

/** The server configuration. `usersFile` is the absolute path of the users file. */
export function serverConfig(usersFile: string, limits: EngineLimits): string {
  return `<clickhouse>
  <logger><level>error</level><console>0</console></logger>
  <users_config>${usersFile}</users_config>
  <max_server_memory_usage>${limits.server_memory}</max_server_memory_usage>
  <mark_cache_size>134217728</mark_cache_size>
  <uncompressed_cache_size>0</uncompressed_cache_size>
  <max_concurrent_queries>200</max_concurrent_queries>
</clickhouse>
`;
}

/** Statements that serve.ts begins the server with. */
const START_STATEMENTS = 4;

/**
 * The users. The statements that start the server run as \`default\`, which can have neither a password nor another address than everybody's on this machine: so it may do that and
 * nothing else, and only once. It makes a table of a file (the standard input) and reads no other way; its quota (until 2038) is used up when the server answers.
 * The reader is read-only and may change one setting: the filters that the lens sets. Its queries are many and small: planning is most of
 * what they cost, and compiling them, or parting them over threads, costs more than it saves. The analyst is for other tools: it reads the views of `bi`, and may set how long it waits, as
 * the drivers of such tools do.
 */
export function usersConfig(passwords: Passwords, limits: EngineLimits): string {
  const user = (name: keyof Passwords, profile: string, grants: string[]) => `
    <${name}>
      <password>${passwords[name]}</password>
      <networks><ip>127.0.0.1</ip><ip>::1</ip></networks>
      <profile>${profile}</profile>
      <quota>default</quota>
      ${grants.length === 0 ? '' : `<grants>${grants.map((grant) => `<query>${grant}</query>`).join('')}</grants>`}
    </${name}>`;
  const final = '<do_not_merge_across_partitions_select_final>1</do_not_merge_across_partitions_select_final>';
  return `<clickhouse>
  <profiles>
    <default>${final}</default>
    <writer>
      ${final}
      <max_partitions_per_insert_block>0</max_partitions_per_insert_block>
      <deduplicate_blocks_in_dependent_materialized_views>1</deduplicate_blocks_in_dependent_materialized_views>
      <async_insert>0</async_insert>
      <max_execution_time>60</max_execution_time>
    </writer>
    <reader>
      ${final}
      <readonly>1</readonly>
      <max_memory_usage>${limits.query_memory}</max_memory_usage>
      <max_threads>${limits.query_threads}</max_threads>
      <compile_expressions>0</compile_expressions>
      <compile_aggregate_expressions>0</compile_aggregate_expressions>
      <compile_sort_description>0</compile_sort_description>
      <max_execution_time>10</max_execution_time>
      <max_result_rows>1000000</max_result_rows>
      <output_format_json_quote_64bit_integers>0</output_format_json_quote_64bit_integers>
      <constraints>
        <additional_table_filters><changeable_in_readonly/></additional_table_filters>
      </constraints>
    </reader>
    <keeper>
      <max_execution_time>10</max_execution_time>
      <output_format_json_quote_64bit_integers>0</output_format_json_quote_64bit_integers>
    </keeper>
    <analyst>
      ${final}
      <readonly>1</readonly>
      <max_memory_usage>${limits.query_memory}</max_memory_usage>
      <max_threads>${limits.query_threads}</max_threads>
      <max_execution_time>30</max_execution_time>
      <max_result_rows>1000000</max_result_rows>
      <constraints>
        <max_execution_time><max>60</max><changeable_in_readonly/></max_execution_time>
      </constraints>
    </analyst>
  </profiles>
  <quotas>
    <default></default>
    <start><interval><duration>2147483647</duration><queries>${START_STATEMENTS}</queries></interval></start>
  </quotas>
  <users>
    <default>
      <password></password>
      <networks><ip>127.0.0.1</ip><ip>::1</ip></networks>
      <profile>default</profile>
      <quota>start</quota>
      <grants>
        <query>GRANT SYSTEM LISTEN ON *.*</query>
        <query>GRANT CREATE ARBITRARY TEMPORARY TABLE ON *.*</query>
        <query>GRANT TABLE ENGINE ON File</query>
      </grants>
    </default>${user('owner', 'default', [])}${user('writer', 'writer', [
      'GRANT INSERT, SELECT ON log.*',
      'GRANT INSERT, SELECT ON live.*',
      // the fold that live is written from
      'GRANT SELECT ON history.*',
      'GRANT INSERT ON personal.*',
    ])}${user('reader', 'reader', [
      'GRANT SELECT ON log.*',
      'GRANT SELECT ON live.*',
      'GRANT SELECT ON history.*',
      'GRANT SELECT ON system.parts',
    ])}${user('keeper', 'keeper', ['GRANT INSERT, SELECT ON auth.*', 'GRANT SELECT ON personal.*'])}${user('analyst', 'analyst', ['GRANT SELECT ON bi.*'])}
  </users>
</clickhouse>
`;
}
