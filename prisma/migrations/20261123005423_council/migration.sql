-- CreateEnum
CREATE TYPE "Means" AS ENUM ('meeting', 'circulation');

-- CreateEnum
CREATE TYPE "Outcome" AS ENUM ('carried', 'lost', 'tied', 'noQuorum', 'noted');

-- CreateEnum
CREATE TYPE "Choice" AS ENUM ('yes', 'no', 'abstain');

-- CreateEnum
CREATE TYPE "Standing" AS ENUM ('holder', 'alternate', 'proxy');

-- CreateEnum
CREATE TYPE "ProxyScope" AS ENUM ('motion', 'meeting', 'period');

-- DropForeignKey
ALTER TABLE "Approval" DROP CONSTRAINT "Approval_caseId_fkey";

-- AlterTable
ALTER TABLE "Application" DROP COLUMN "councilEndsAt";

-- AlterTable
ALTER TABLE "Outbox" ADD COLUMN     "living" TEXT;

-- AlterTable
ALTER TABLE "Seat" ADD COLUMN     "suspendedWhy" TEXT,
ADD COLUMN     "termFrom" TIMESTAMPTZ(3),
ADD COLUMN     "termUntil" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Timer" ADD COLUMN     "personId" UUID;

-- DropTable
DROP TABLE "Approval";

-- DropEnum
DROP TYPE "Verdict";

-- CreateTable
CREATE TABLE "LinkCode" (
    "id" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "personId" UUID NOT NULL,
    "channel" "Channel",
    "caseId" UUID,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "LinkCode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Rebind" (
    "caseId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "channel" "Channel" NOT NULL,
    "reason" TEXT NOT NULL,
    "askedBy" UUID NOT NULL,
    "approvedBy" UUID,

    CONSTRAINT "Rebind_pkey" PRIMARY KEY ("caseId")
);

-- CreateTable
CREATE TABLE "Away" (
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "coverId" UUID NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "cancelledAt" TIMESTAMPTZ(3),

    CONSTRAINT "Away_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Motion" (
    "caseId" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "matter" TEXT NOT NULL,
    "means" "Means" NOT NULL,
    "moverId" UUID NOT NULL,
    "parkId" UUID,
    "originId" UUID,
    "reportTo" TEXT,
    "opensAt" TIMESTAMPTZ(3),
    "meetingId" UUID,
    "call" INTEGER NOT NULL DEFAULT 0,
    "challenge" TEXT,
    "challengeEndsAt" TIMESTAMPTZ(3),
    "reviewAt" TIMESTAMPTZ(3),

    CONSTRAINT "Motion_pkey" PRIMARY KEY ("caseId")
);

-- CreateTable
CREATE TABLE "MotionText" (
    "motionId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "personId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MotionText_pkey" PRIMARY KEY ("motionId","version")
);

-- CreateTable
CREATE TABLE "Second" (
    "motionId" UUID NOT NULL,
    "seatId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Second_pkey" PRIMARY KEY ("motionId","seatId")
);

-- CreateTable
CREATE TABLE "Demand" (
    "motionId" UUID NOT NULL,
    "seatId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Demand_pkey" PRIMARY KEY ("motionId","seatId")
);

-- CreateTable
CREATE TABLE "Ballot" (
    "id" UUID NOT NULL,
    "motionId" UUID NOT NULL,
    "call" INTEGER NOT NULL,
    "means" "Means" NOT NULL,
    "rule" JSONB NOT NULL,
    "rulebookVersion" TEXT NOT NULL,
    "rulebookHash" TEXT NOT NULL,
    "secret" BOOLEAN NOT NULL,
    "sealedUnder" TEXT,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "closesAt" TIMESTAMPTZ(3) NOT NULL,
    "extendedAt" TIMESTAMPTZ(3),
    "closedAt" TIMESTAMPTZ(3),
    "textVersion" INTEGER,
    "choices" "Choice"[],
    "tally" JSONB,
    "outcome" "Outcome",
    "record" JSONB,
    "fingerprint" TEXT,

    CONSTRAINT "Ballot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BallotSeat" (
    "ballotId" UUID NOT NULL,
    "seatId" UUID NOT NULL,
    "holderId" UUID NOT NULL,
    "recusedAt" TIMESTAMPTZ(3),
    "recusedWhy" TEXT,
    "suspendedAt" TIMESTAMPTZ(3),
    "votedAt" TIMESTAMPTZ(3),

    CONSTRAINT "BallotSeat_pkey" PRIMARY KEY ("ballotId","seatId")
);

-- CreateTable
CREATE TABLE "Vote" (
    "id" UUID NOT NULL,
    "ballotId" UUID NOT NULL,
    "seatId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "standing" "Standing" NOT NULL,
    "channel" "Channel" NOT NULL,
    "choice" "Choice",
    "sealed" TEXT,
    "version" INTEGER NOT NULL,
    "reason" TEXT,
    "receipt" TEXT NOT NULL,
    "castAt" TIMESTAMPTZ(3) NOT NULL,
    "supersededAt" TIMESTAMPTZ(3),

    CONSTRAINT "Vote_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Proxy" (
    "caseId" UUID NOT NULL,
    "seatId" UUID NOT NULL,
    "giverId" UUID NOT NULL,
    "proxyId" UUID NOT NULL,
    "scope" "ProxyScope" NOT NULL,
    "aboutId" UUID,
    "from" TIMESTAMPTZ(3),
    "until" TIMESTAMPTZ(3),
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Proxy_pkey" PRIMARY KEY ("caseId")
);

-- CreateTable
CREATE TABLE "Meeting" (
    "caseId" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "startedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "callerId" UUID NOT NULL,

    CONSTRAINT "Meeting_pkey" PRIMARY KEY ("caseId")
);

-- CreateTable
CREATE TABLE "Presence" (
    "meetingId" UUID NOT NULL,
    "seatId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "standing" "Standing" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "leftAt" TIMESTAMPTZ(3),

    CONSTRAINT "Presence_pkey" PRIMARY KEY ("meetingId","seatId")
);

-- CreateTable
CREATE TABLE "Minutes" (
    "caseId" UUID NOT NULL,
    "draftedAt" TIMESTAMPTZ(3) NOT NULL,
    "confirmedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Minutes_pkey" PRIMARY KEY ("caseId")
);

-- CreateTable
CREATE TABLE "MinutesReply" (
    "caseId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "correction" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MinutesReply_pkey" PRIMARY KEY ("caseId","personId")
);

-- CreateTable
CREATE TABLE "Task" (
    "caseId" UUID NOT NULL,
    "motionId" UUID,
    "what" TEXT NOT NULL,
    "ownerId" UUID NOT NULL,
    "giverId" UUID NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "putOff" INTEGER NOT NULL DEFAULT 0,
    "note" TEXT,

    CONSTRAINT "Task_pkey" PRIMARY KEY ("caseId")
);

-- CreateTable
CREATE TABLE "Reminder" (
    "id" BIGSERIAL NOT NULL,
    "personId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "message" JSONB NOT NULL,
    "commands" TEXT[],
    "state" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "doneAt" TIMESTAMPTZ(3),

    CONSTRAINT "Reminder_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "LinkCode_hash_key" ON "LinkCode"("hash");

-- CreateIndex
CREATE INDEX "LinkCode_personId_idx" ON "LinkCode"("personId");

-- CreateIndex
CREATE INDEX "Away_personId_idx" ON "Away"("personId");

-- CreateIndex
CREATE INDEX "Motion_meetingId_idx" ON "Motion"("meetingId");

-- CreateIndex
CREATE INDEX "Motion_originId_idx" ON "Motion"("originId");

-- CreateIndex
CREATE UNIQUE INDEX "Ballot_motionId_call_key" ON "Ballot"("motionId", "call");

-- CreateIndex
CREATE INDEX "BallotSeat_seatId_idx" ON "BallotSeat"("seatId");

-- CreateIndex
CREATE UNIQUE INDEX "Vote_receipt_key" ON "Vote"("receipt");

-- CreateIndex
CREATE INDEX "Vote_personId_idx" ON "Vote"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "Vote_one_per_seat" ON "Vote"("ballotId", "seatId") WHERE ("supersededAt" IS NULL);

-- CreateIndex
CREATE INDEX "Proxy_seatId_idx" ON "Proxy"("seatId");

-- CreateIndex
CREATE INDEX "Proxy_proxyId_idx" ON "Proxy"("proxyId");

-- CreateIndex
CREATE INDEX "Task_motionId_idx" ON "Task"("motionId");

-- CreateIndex
CREATE INDEX "Task_ownerId_idx" ON "Task"("ownerId");

-- CreateIndex
CREATE INDEX "Reminder_waiting" ON "Reminder"("personId") WHERE ("doneAt" IS NULL);

-- CreateIndex
CREATE INDEX "Reminder_caseId_idx" ON "Reminder"("caseId");

-- CreateIndex
CREATE INDEX "Outbox_caseId_living_idx" ON "Outbox"("caseId", "living");

-- CreateIndex
CREATE UNIQUE INDEX "Timer_one_live_of_person" ON "Timer"("personId", "alarm", "key") WHERE ("firedAt" IS NULL AND "cancelledAt" IS NULL);

-- AddForeignKey
ALTER TABLE "Rebind" ADD CONSTRAINT "Rebind_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Motion" ADD CONSTRAINT "Motion_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Motion" ADD CONSTRAINT "Motion_meetingId_fkey" FOREIGN KEY ("meetingId") REFERENCES "Meeting"("caseId") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MotionText" ADD CONSTRAINT "MotionText_motionId_fkey" FOREIGN KEY ("motionId") REFERENCES "Motion"("caseId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Second" ADD CONSTRAINT "Second_motionId_fkey" FOREIGN KEY ("motionId") REFERENCES "Motion"("caseId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Second" ADD CONSTRAINT "Second_seatId_fkey" FOREIGN KEY ("seatId") REFERENCES "Seat"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Demand" ADD CONSTRAINT "Demand_motionId_fkey" FOREIGN KEY ("motionId") REFERENCES "Motion"("caseId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Demand" ADD CONSTRAINT "Demand_seatId_fkey" FOREIGN KEY ("seatId") REFERENCES "Seat"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Ballot" ADD CONSTRAINT "Ballot_motionId_fkey" FOREIGN KEY ("motionId") REFERENCES "Motion"("caseId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BallotSeat" ADD CONSTRAINT "BallotSeat_ballotId_fkey" FOREIGN KEY ("ballotId") REFERENCES "Ballot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BallotSeat" ADD CONSTRAINT "BallotSeat_seatId_fkey" FOREIGN KEY ("seatId") REFERENCES "Seat"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Vote" ADD CONSTRAINT "Vote_ballotId_fkey" FOREIGN KEY ("ballotId") REFERENCES "Ballot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Vote" ADD CONSTRAINT "Vote_seatId_fkey" FOREIGN KEY ("seatId") REFERENCES "Seat"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Proxy" ADD CONSTRAINT "Proxy_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Proxy" ADD CONSTRAINT "Proxy_seatId_fkey" FOREIGN KEY ("seatId") REFERENCES "Seat"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Proxy" ADD CONSTRAINT "Proxy_aboutId_fkey" FOREIGN KEY ("aboutId") REFERENCES "Case"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Meeting" ADD CONSTRAINT "Meeting_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Presence" ADD CONSTRAINT "Presence_meetingId_fkey" FOREIGN KEY ("meetingId") REFERENCES "Meeting"("caseId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Presence" ADD CONSTRAINT "Presence_seatId_fkey" FOREIGN KEY ("seatId") REFERENCES "Seat"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Minutes" ADD CONSTRAINT "Minutes_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MinutesReply" ADD CONSTRAINT "MinutesReply_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Minutes"("caseId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Task" ADD CONSTRAINT "Task_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Reminder" ADD CONSTRAINT "Reminder_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
