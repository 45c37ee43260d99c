-- CreateEnum
CREATE TYPE "Channel" AS ENUM ('slack', 'wechat');

-- CreateEnum
CREATE TYPE "Language" AS ENUM ('zh', 'en');

-- CreateEnum
CREATE TYPE "DialogueStatus" AS ENUM ('open', 'parked', 'done', 'cancelled');

-- CreateEnum
CREATE TYPE "OutboxStatus" AS ENUM ('pending', 'sending', 'unsure', 'sent', 'dropped', 'failed');

-- CreateEnum
CREATE TYPE "Verdict" AS ENUM ('approve', 'decline');

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('contact', 'officer', 'deputy', 'finance', 'chair', 'supervisor', 'admin');

-- CreateEnum
CREATE TYPE "SeatClass" AS ENUM ('park', 'government', 'expert');

-- CreateEnum
CREATE TYPE "RoomPurpose" AS ENUM ('council', 'secretariat', 'members');

-- CreateTable
CREATE TABLE "Inbox" (
    "id" BIGSERIAL NOT NULL,
    "channel" "Channel" NOT NULL,
    "conversation" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "sentAt" TIMESTAMPTZ(3) NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "doneAt" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Inbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "InboxKey" (
    "channel" "Channel" NOT NULL,
    "key" TEXT NOT NULL,
    "inboxId" BIGINT NOT NULL,

    CONSTRAINT "InboxKey_pkey" PRIMARY KEY ("channel","key")
);

-- CreateTable
CREATE TABLE "Case" (
    "id" UUID NOT NULL,
    "workflow" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "openedBy" UUID NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CaseCounter" (
    "prefix" TEXT NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "CaseCounter_pkey" PRIMARY KEY ("prefix")
);

-- CreateTable
CREATE TABLE "Dialogue" (
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "channel" "Channel" NOT NULL,
    "account" TEXT NOT NULL DEFAULT '',
    "conversation" TEXT NOT NULL,
    "command" TEXT NOT NULL,
    "caseId" UUID,
    "progress" JSONB NOT NULL,
    "status" "DialogueStatus" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "touchedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Dialogue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Offer" (
    "id" UUID NOT NULL,
    "channel" "Channel" NOT NULL,
    "account" TEXT NOT NULL DEFAULT '',
    "conversation" TEXT NOT NULL,
    "personId" UUID,
    "command" TEXT NOT NULL,
    "caseId" UUID,
    "given" JSONB NOT NULL,
    "number" INTEGER NOT NULL,
    "outboxId" BIGINT,
    "offeredAt" TIMESTAMPTZ(3) NOT NULL,
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Offer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Timer" (
    "id" UUID NOT NULL,
    "alarm" TEXT NOT NULL,
    "key" TEXT NOT NULL DEFAULT '',
    "caseId" UUID,
    "dialogueId" UUID,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "firedAt" TIMESTAMPTZ(3),
    "cancelledAt" TIMESTAMPTZ(3),

    CONSTRAINT "Timer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Outbox" (
    "id" BIGSERIAL NOT NULL,
    "channel" "Channel" NOT NULL,
    "account" TEXT NOT NULL DEFAULT '',
    "conversation" TEXT NOT NULL,
    "personId" UUID,
    "caseId" UUID,
    "content" JSONB NOT NULL,
    "status" "OutboxStatus" NOT NULL DEFAULT 'pending',
    "reminderIn" TEXT,
    "replacesId" BIGINT,
    "messageId" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "deliverAfter" TIMESTAMPTZ(3) NOT NULL,
    "claimedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "sentAt" TIMESTAMPTZ(3),
    "problem" TEXT,

    CONSTRAINT "Outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Entry" (
    "id" BIGSERIAL NOT NULL,
    "caseId" UUID,
    "personId" UUID,
    "channel" "Channel",
    "act" TEXT NOT NULL,
    "fromState" TEXT,
    "toState" TEXT,
    "said" JSONB NOT NULL,
    "inboxId" BIGINT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Lease" (
    "name" TEXT NOT NULL,
    "holder" TEXT NOT NULL,
    "fence" INTEGER NOT NULL,
    "takenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Lease_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "Clock" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "offsetMs" BIGINT NOT NULL,

    CONSTRAINT "Clock_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Application" (
    "caseId" UUID NOT NULL,
    "applicantId" UUID NOT NULL,
    "park" TEXT NOT NULL,
    "creditCode" TEXT NOT NULL,
    "province" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "specialties" TEXT NOT NULL,
    "size" INTEGER,
    "representative" TEXT NOT NULL,
    "contact" TEXT NOT NULL,
    "phone" TEXT NOT NULL,
    "consentAbroad" BOOLEAN NOT NULL,
    "officerId" UUID,
    "asked" TEXT,
    "answered" TEXT,
    "publicityEndsAt" TIMESTAMPTZ(3),
    "councilEndsAt" TIMESTAMPTZ(3),
    "decisionReason" TEXT,
    "parkId" UUID,

    CONSTRAINT "Application_pkey" PRIMARY KEY ("caseId")
);

-- CreateTable
CREATE TABLE "Objection" (
    "id" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "madeAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Objection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Approval" (
    "caseId" UUID NOT NULL,
    "seatId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "verdict" "Verdict" NOT NULL,
    "reason" TEXT,
    "answeredAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Approval_pkey" PRIMARY KEY ("caseId","seatId")
);

-- CreateTable
CREATE TABLE "Alliance" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "nameZh" TEXT NOT NULL,
    "nameEn" TEXT NOT NULL,
    "timezone" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "importedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Alliance_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Park" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "nameZh" TEXT NOT NULL,
    "nameEn" TEXT NOT NULL,
    "province" TEXT NOT NULL,
    "specialties" TEXT[],
    "joinedAt" TIMESTAMPTZ(3),
    "leftAt" TIMESTAMPTZ(3),

    CONSTRAINT "Park_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Person" (
    "id" UUID NOT NULL,
    "key" TEXT,
    "name" TEXT NOT NULL,
    "language" "Language" NOT NULL,
    "guest" BOOLEAN NOT NULL DEFAULT false,
    "parkId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Identity" (
    "id" BIGSERIAL NOT NULL,
    "channel" "Channel" NOT NULL,
    "account" TEXT NOT NULL DEFAULT '',
    "externalId" TEXT NOT NULL,
    "personId" UUID NOT NULL,
    "lastSpokeAt" TIMESTAMPTZ(3),

    CONSTRAINT "Identity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Grant" (
    "personId" UUID NOT NULL,
    "role" "Role" NOT NULL,

    CONSTRAINT "Grant_pkey" PRIMARY KEY ("personId","role")
);

-- CreateTable
CREATE TABLE "Seat" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "class" "SeatClass" NOT NULL,
    "parkId" UUID,
    "holderId" UUID NOT NULL,
    "suspendedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Seat_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Alternate" (
    "seatId" UUID NOT NULL,
    "personId" UUID NOT NULL,

    CONSTRAINT "Alternate_pkey" PRIMARY KEY ("seatId","personId")
);

-- CreateTable
CREATE TABLE "Room" (
    "id" UUID NOT NULL,
    "channel" "Channel" NOT NULL,
    "account" TEXT NOT NULL DEFAULT '',
    "externalId" TEXT NOT NULL,
    "purpose" "RoomPurpose" NOT NULL,
    "language" "Language",

    CONSTRAINT "Room_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Inbox_channel_conversation_sentAt_id_idx" ON "Inbox"("channel", "conversation", "sentAt", "id");

-- CreateIndex
CREATE INDEX "Inbox_waiting" ON "Inbox"("id") WHERE ("doneAt" IS NULL);

-- CreateIndex
CREATE INDEX "InboxKey_inboxId_idx" ON "InboxKey"("inboxId");

-- CreateIndex
CREATE UNIQUE INDEX "Case_ref_key" ON "Case"("ref");

-- CreateIndex
CREATE INDEX "Case_workflow_state_idx" ON "Case"("workflow", "state");

-- CreateIndex
CREATE INDEX "Case_openedBy_idx" ON "Case"("openedBy");

-- CreateIndex
CREATE INDEX "Dialogue_personId_status_idx" ON "Dialogue"("personId", "status");

-- CreateIndex
CREATE UNIQUE INDEX "Dialogue_one_open" ON "Dialogue"("channel", "account", "conversation", "personId") WHERE (status = 'open'::"DialogueStatus");

-- CreateIndex
CREATE INDEX "Offer_open_in_conversation" ON "Offer"("channel", "conversation") WHERE ("closedAt" IS NULL);

-- CreateIndex
CREATE INDEX "Offer_channel_conversation_number_idx" ON "Offer"("channel", "conversation", "number");

-- CreateIndex
CREATE INDEX "Offer_open_of_case" ON "Offer"("caseId") WHERE ("closedAt" IS NULL);

-- CreateIndex
CREATE INDEX "Offer_open_to_person" ON "Offer"("personId") WHERE ("closedAt" IS NULL);

-- CreateIndex
CREATE INDEX "Offer_outboxId_idx" ON "Offer"("outboxId");

-- CreateIndex
CREATE INDEX "Timer_live" ON "Timer"("dueAt") WHERE ("firedAt" IS NULL AND "cancelledAt" IS NULL);

-- CreateIndex
CREATE INDEX "Timer_caseId_idx" ON "Timer"("caseId");

-- CreateIndex
CREATE INDEX "Timer_dialogueId_idx" ON "Timer"("dialogueId");

-- CreateIndex
CREATE UNIQUE INDEX "Timer_one_live_of_case" ON "Timer"("caseId", "alarm", "key") WHERE ("firedAt" IS NULL AND "cancelledAt" IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "Timer_one_live_of_dialogue" ON "Timer"("dialogueId", "alarm", "key") WHERE ("firedAt" IS NULL AND "cancelledAt" IS NULL);

-- CreateIndex
CREATE INDEX "Outbox_channel_conversation_id_idx" ON "Outbox"("channel", "conversation", "id");

-- CreateIndex
CREATE INDEX "Outbox_waiting" ON "Outbox"("deliverAfter") WHERE (status = ANY (ARRAY['pending'::"OutboxStatus", 'sending'::"OutboxStatus", 'unsure'::"OutboxStatus"]));

-- CreateIndex
CREATE INDEX "Outbox_replacesId_idx" ON "Outbox"("replacesId");

-- CreateIndex
CREATE INDEX "Entry_caseId_id_idx" ON "Entry"("caseId", "id");

-- CreateIndex
CREATE INDEX "Entry_personId_caseId_idx" ON "Entry"("personId", "caseId");

-- CreateIndex
CREATE INDEX "Application_creditCode_idx" ON "Application"("creditCode");

-- CreateIndex
CREATE UNIQUE INDEX "Objection_caseId_personId_key" ON "Objection"("caseId", "personId");

-- CreateIndex
CREATE UNIQUE INDEX "Park_key_key" ON "Park"("key");

-- CreateIndex
CREATE UNIQUE INDEX "Person_key_key" ON "Person"("key");

-- CreateIndex
CREATE INDEX "Person_parkId_idx" ON "Person"("parkId");

-- CreateIndex
CREATE INDEX "Identity_personId_idx" ON "Identity"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "Identity_channel_account_externalId_key" ON "Identity"("channel", "account", "externalId");

-- CreateIndex
CREATE INDEX "Grant_role_idx" ON "Grant"("role");

-- CreateIndex
CREATE UNIQUE INDEX "Seat_key_key" ON "Seat"("key");

-- CreateIndex
CREATE INDEX "Seat_holderId_idx" ON "Seat"("holderId");

-- CreateIndex
CREATE INDEX "Alternate_personId_idx" ON "Alternate"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "Room_channel_account_externalId_key" ON "Room"("channel", "account", "externalId");

-- AddForeignKey
ALTER TABLE "InboxKey" ADD CONSTRAINT "InboxKey_inboxId_fkey" FOREIGN KEY ("inboxId") REFERENCES "Inbox"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Offer" ADD CONSTRAINT "Offer_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Offer" ADD CONSTRAINT "Offer_outboxId_fkey" FOREIGN KEY ("outboxId") REFERENCES "Outbox"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Timer" ADD CONSTRAINT "Timer_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Timer" ADD CONSTRAINT "Timer_dialogueId_fkey" FOREIGN KEY ("dialogueId") REFERENCES "Dialogue"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Outbox" ADD CONSTRAINT "Outbox_replacesId_fkey" FOREIGN KEY ("replacesId") REFERENCES "Outbox"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Entry" ADD CONSTRAINT "Entry_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Application" ADD CONSTRAINT "Application_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Objection" ADD CONSTRAINT "Objection_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Application"("caseId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Approval" ADD CONSTRAINT "Approval_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Application"("caseId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Person" ADD CONSTRAINT "Person_parkId_fkey" FOREIGN KEY ("parkId") REFERENCES "Park"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Identity" ADD CONSTRAINT "Identity_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Grant" ADD CONSTRAINT "Grant_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Seat" ADD CONSTRAINT "Seat_parkId_fkey" FOREIGN KEY ("parkId") REFERENCES "Park"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Seat" ADD CONSTRAINT "Seat_holderId_fkey" FOREIGN KEY ("holderId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Alternate" ADD CONSTRAINT "Alternate_seatId_fkey" FOREIGN KEY ("seatId") REFERENCES "Seat"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Alternate" ADD CONSTRAINT "Alternate_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
