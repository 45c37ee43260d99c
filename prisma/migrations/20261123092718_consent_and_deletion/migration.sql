-- CreateEnum
CREATE TYPE "Purpose" AS ENUM ('abroad', 'directory');

-- AlterTable
ALTER TABLE "Entry" ADD COLUMN     "saidHash" TEXT;

-- AlterTable
ALTER TABLE "Person" ADD COLUMN     "erasedAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "Consent" (
    "id" BIGSERIAL NOT NULL,
    "personId" UUID NOT NULL,
    "purpose" "Purpose" NOT NULL,
    "given" BOOLEAN NOT NULL,
    "channel" "Channel",
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Consent_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Consent_personId_purpose_id_idx" ON "Consent"("personId", "purpose", "id");

-- AddForeignKey
ALTER TABLE "Consent" ADD CONSTRAINT "Consent_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
