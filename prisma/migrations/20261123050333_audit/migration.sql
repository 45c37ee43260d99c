-- AlterTable
-- Entries from before have none; new ones are given theirs.
ALTER TABLE "Entry" ADD COLUMN     "mark" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Entry" ALTER COLUMN "mark" DROP DEFAULT;

-- CreateTable
CREATE TABLE "Seal" (
    "id" SERIAL NOT NULL,
    "after" BIGINT NOT NULL,
    "upTo" BIGINT NOT NULL,
    "horizon" BIGINT NOT NULL,
    "notedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "entries" INTEGER,
    "digest" TEXT,

    CONSTRAINT "Seal_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Seal_digest_key" ON "Seal"("digest");
