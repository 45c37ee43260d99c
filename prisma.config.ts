import { defineConfig } from 'prisma/config';

// `generate`, `validate` and `format` never run the schema engine, yet the CLI wants its binary, whose
// download host is out of reach on many company networks. Any existing file satisfies it. `migrate` does run
// the engine, so for it the usual path stays.
if (process.argv.some((word) => ['generate', 'validate', 'format'].includes(word))) {
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;
}

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
});
