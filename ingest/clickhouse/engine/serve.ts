/**
 * The embedded ClickHouse server as a process of its own.
 *
 * `libchdb.so` exports the whole of clickhouse-local as one blocking call; given listen ports it serves the ordinary HTTP and
 * native protocols. The call never returns while the server lives, so this file must run in its own Node process.
 *
 * Usage: `node --import tsx serve.ts DATA_FOLDER CONFIG_FILE HTTP_PORT TCP_PORT`.
 * The server ends in order when standard input closes: the last statement reads it, so the death of the parent, by any
 * signal, ends the server too.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DataType, load, open } from 'ffi-rs';

const [folder, configFile, httpPort, tcpPort] = process.argv.slice(2);
if (!folder || !configFile || !httpPort || !tcpPort) {
  process.stderr.write('usage: serve.ts DATA_FOLDER CONFIG_FILE HTTP_PORT TCP_PORT\n');
  process.exit(2);
}

/** Path of the shared library in the optional package of this platform; throws where that package is not installed. */
function libraryPath(): string {
  const suffix = process.platform === 'linux' ? '-gnu' : '';
  const require = createRequire(import.meta.url);
  return join(
    dirname(require.resolve(`@chdb/lib-${process.platform}-${process.arch}${suffix}/package.json`)),
    'libchdb.so',
  );
}

const statements = [
  'SYSTEM START LISTEN HTTP',
  'SYSTEM START LISTEN TCP',
  'CREATE TEMPORARY TABLE parent (line String) ENGINE = File(LineAsString, stdin)',
  'SELECT count() FROM parent FORMAT Null',
];

const argv = [
  'clickhouse-local',
  `--path=${folder}`,
  `--config-file=${configFile}`,
  `--http_port=${httpPort}`,
  `--tcp_port=${tcpPort}`,
  '--listen_host=127.0.0.1',
  '--query',
  statements.join('; '),
];

open({ library: 'chdb', path: libraryPath() });
load({
  library: 'chdb',
  funcName: 'query_stable_v2',
  retType: DataType.External,
  paramsType: [DataType.I32, DataType.StringArray],
  paramsValue: [argv.length, argv],
});
// the call returned: standard input has closed and the server has shut down
process.exit(0);
