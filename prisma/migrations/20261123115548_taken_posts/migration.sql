-- AlterTable
ALTER TABLE "Outbox" ADD COLUMN     "takenAt" TIMESTAMPTZ(3),
ADD COLUMN     "takenBy" UUID;
