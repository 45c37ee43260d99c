// Prisma's schema engine, run from its WebAssembly build over the driver adapter: its native build would have
// to be downloaded from a host that is out of reach on many company networks.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';

/**
 * The SQL that turns the database into what the schema folder says; undefined when they agree. The database
 * is only read.
 */
export const differenceTo = async (schemaFolder, url) => {
  const files = readdirSync(schemaFolder)
    .filter((name) => name.endsWith('.prisma'))
    .sort()
    .map((name) => ({
      path: join(schemaFolder, name),
      content: readFileSync(join(schemaFolder, name), 'utf8'),
    }));
  const { SchemaEngine } = await loadEngine();
  const connections = [];
  const engine = await SchemaEngine.new(
    { datamodels: files.map(({ path, content }) => [path, content]) },
    () => {},
    bindMigrationAwareSqlAdapterFactory(readingFactory(url, connections)),
  );
  try {
    const { exitCode, stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: schemaFolder },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      shadowDatabaseUrl: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return exitCode === 0 ? undefined : stdout;
  } finally {
    engine.free();
    await Promise.all(connections.map((one) => one.dispose()));
  }
};

let loaded;
const loadEngine = () => {
  loaded ??= (async () => {
    // The glue reports a panic of the engine through this.
    globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => console.error(message) };
    const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg');
    const bytes = readFileSync(
      createRequire(import.meta.url)
        .resolve('@prisma/schema-engine-wasm/schema_engine_bg')
        .replace(/\.js$/, '.wasm'),
    );
    const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': glue });
    glue.__wbg_set_wasm(instance.exports);
    instance.exports.__wbindgen_start();
    return glue;
  })();
  return loaded;
};

const internalCharOid = 18;
const textLikeOid = 1042;

/** The adapter, without the shadow database (we hand in a database that may be looked at) and with one more type. */
const readingFactory = (url, connections) => {
  const factory = new PrismaPg({ connectionString: url });
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => {
      const connection = readsInternalChar(await factory.connect());
      connections.push(connection);
      return connection;
    },
    connectToShadowDb: () => Promise.reject(new Error('No shadow database is wanted here.')),
  };
};

// The engine reads the catalogue's "char" columns, which the adapter refuses; as characters they are fine.
const readsInternalChar = (connection) => {
  const performIO = connection.performIO.bind(connection);
  const queryRaw = connection.queryRaw.bind(connection);
  const charColumns = new WeakMap();
  connection.performIO = async (query) => {
    const result = await performIO(query);
    const isChar = (field) => field.dataTypeID === internalCharOid;
    charColumns.set(
      query,
      [...result.fields.keys()].filter((at) => isChar(result.fields[at])),
    );
    for (const field of result.fields.filter(isChar)) field.dataTypeID = textLikeOid;
    return result;
  };
  connection.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const at of charColumns.get(query) ?? []) result.columnTypes[at] = ColumnTypeEnum.Character;
    return result;
  };
  return connection;
};
