-- AlterTable
ALTER TABLE "Person" ADD COLUMN     "feedEpoch" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Reminder" ADD COLUMN     "alarm" TEXT NOT NULL DEFAULT '';

-- CreateEnum
CREATE TYPE "EventKind" AS ENUM ('workshop', 'conference', 'training', 'investment');

-- CreateEnum
CREATE TYPE "SeatingPolicy" AS ENUM ('queue', 'bestFit', 'parkTurns', 'provinceTurns');

-- CreateEnum
CREATE TYPE "Admission" AS ENUM ('everyone', 'members', 'nobody');

-- CreateEnum
CREATE TYPE "TicketKind" AS ENUM ('delegate', 'speaker', 'observer', 'investor', 'press', 'online');

-- CreateEnum
CREATE TYPE "AttendeeStatus" AS ENUM ('applied', 'waiting', 'held', 'going', 'out');

-- CreateEnum
CREATE TYPE "ReminderChoice" AS ENUM ('all', 'day', 'hours', 'none');

-- CreateEnum
CREATE TYPE "InvitationAnswer" AS ENUM ('yes', 'no', 'maybe');

-- CreateEnum
CREATE TYPE "FollowUpStage" AS ENUM ('nothing', 'contact', 'talks', 'intent', 'signed');

-- CreateEnum
CREATE TYPE "AmountClass" AS ENUM ('upTo100', 'upTo500', 'upTo2000', 'more');

-- CreateTable
CREATE TABLE "Event" (
    "caseId" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "kind" "EventKind" NOT NULL,
    "about" TEXT,
    "place" TEXT NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3) NOT NULL,
    "hostId" UUID NOT NULL,
    "capacity" INTEGER,
    "policy" "SeatingPolicy" NOT NULL DEFAULT 'queue',
    "admission" "Admission" NOT NULL DEFAULT 'everyone',
    "perPark" INTEGER,
    "poolAt" TIMESTAMPTZ(3),
    "cutOffAt" TIMESTAMPTZ(3) NOT NULL,
    "holdHours" INTEGER NOT NULL DEFAULT 8,
    "freeAfter" INTEGER,
    "questions" TEXT[],
    "survey" BOOLEAN NOT NULL DEFAULT true,
    "code" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "arrivals" INTEGER NOT NULL DEFAULT 0,
    "listedAt" TIMESTAMPTZ(3),
    "digestedAt" TIMESTAMPTZ(3),
    "secrecy" TEXT,
    "teaser" TEXT,
    "material" TEXT,
    "slotMinutes" INTEGER,
    "tables" INTEGER,

    CONSTRAINT "Event_pkey" PRIMARY KEY ("caseId")
);

-- CreateTable
CREATE TABLE "Ticket" (
    "eventId" UUID NOT NULL,
    "kind" "TicketKind" NOT NULL,
    "quota" INTEGER,

    CONSTRAINT "Ticket_pkey" PRIMARY KEY ("eventId","kind")
);

-- CreateTable
CREATE TABLE "Party" (
    "id" UUID NOT NULL,
    "eventId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "byId" UUID NOT NULL,
    "parkId" UUID,
    "ticket" "TicketKind" NOT NULL,
    "atLeast" INTEGER NOT NULL DEFAULT 1,
    "joinedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Party_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Attendee" (
    "id" BIGSERIAL NOT NULL,
    "eventId" UUID NOT NULL,
    "partyId" UUID NOT NULL,
    "personId" UUID,
    "name" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "parkId" UUID,
    "ticket" "TicketKind" NOT NULL,
    "status" "AttendeeStatus" NOT NULL,
    "because" JSONB NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "heldUntil" TIMESTAMPTZ(3),
    "knowsOf" INTEGER NOT NULL DEFAULT 0,
    "reminders" "ReminderChoice" NOT NULL DEFAULT 'all',
    "cameAt" TIMESTAMPTZ(3),
    "absence" TEXT,

    CONSTRAINT "Attendee_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EventReply" (
    "eventId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "question" INTEGER NOT NULL,
    "answer" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "EventReply_pkey" PRIMARY KEY ("eventId","personId","question")
);

-- CreateTable
CREATE TABLE "Review" (
    "eventId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "rating" INTEGER NOT NULL,
    "useful" TEXT,
    "better" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Review_pkey" PRIMARY KEY ("eventId","personId")
);

-- CreateTable
CREATE TABLE "Chain" (
    "id" BIGSERIAL NOT NULL,
    "eventId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "shownAt" TIMESTAMPTZ(3),
    "doneAt" TIMESTAMPTZ(3),

    CONSTRAINT "Chain_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Invitation" (
    "eventId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "ticket" "TicketKind" NOT NULL,
    "answer" "InvitationAnswer",
    "answeredAt" TIMESTAMPTZ(3),
    "companions" INTEGER NOT NULL DEFAULT 0,
    "nudges" INTEGER NOT NULL DEFAULT 0,
    "byId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Invitation_pkey" PRIMARY KEY ("eventId","personId")
);

-- CreateTable
CREATE TABLE "Acknowledgement" (
    "eventId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Acknowledgement_pkey" PRIMARY KEY ("eventId","personId")
);

-- CreateTable
CREATE TABLE "MaterialView" (
    "id" BIGSERIAL NOT NULL,
    "eventId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MaterialView_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Profile" (
    "eventId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "offers" TEXT NOT NULL,
    "needs" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Profile_pkey" PRIMARY KEY ("eventId","personId")
);

-- CreateTable
CREATE TABLE "Appointment" (
    "caseId" UUID NOT NULL,
    "eventId" UUID NOT NULL,
    "askerId" UUID NOT NULL,
    "askedId" UUID NOT NULL,
    "about" TEXT NOT NULL,
    "answerBy" TIMESTAMPTZ(3) NOT NULL,
    "startsAt" TIMESTAMPTZ(3),
    "table" INTEGER,

    CONSTRAINT "Appointment_pkey" PRIMARY KEY ("caseId")
);

-- CreateTable
CREATE TABLE "AppointmentSeat" (
    "appointmentId" UUID NOT NULL,
    "eventId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AppointmentSeat_pkey" PRIMARY KEY ("appointmentId","personId")
);

-- CreateTable
CREATE TABLE "FollowUp" (
    "appointmentId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "afterDays" INTEGER NOT NULL,
    "stage" "FollowUpStage" NOT NULL,
    "amount" "AmountClass",
    "next" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "FollowUp_pkey" PRIMARY KEY ("appointmentId","personId","afterDays")
);

-- CreateIndex
CREATE INDEX "Event_startsAt_idx" ON "Event"("startsAt");

-- CreateIndex
CREATE INDEX "Party_byId_idx" ON "Party"("byId");

-- CreateIndex
CREATE UNIQUE INDEX "Party_eventId_number_key" ON "Party"("eventId", "number");

-- CreateIndex
CREATE INDEX "Attendee_eventId_status_idx" ON "Attendee"("eventId", "status");

-- CreateIndex
CREATE INDEX "Attendee_partyId_idx" ON "Attendee"("partyId");

-- CreateIndex
CREATE INDEX "Attendee_personId_idx" ON "Attendee"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "Attendee_once_by_person" ON "Attendee"("eventId", "personId") WHERE ((status <> 'out'::"AttendeeStatus") AND ("personId" IS NOT NULL));

-- CreateIndex
CREATE UNIQUE INDEX "Attendee_once_by_name" ON "Attendee"("eventId", "nameKey", "parkId") WHERE ((status <> 'out'::"AttendeeStatus") AND ("personId" IS NULL));

-- CreateIndex
CREATE INDEX "Chain_eventId_id_idx" ON "Chain"("eventId", "id");

-- CreateIndex
CREATE INDEX "Invitation_personId_idx" ON "Invitation"("personId");

-- CreateIndex
CREATE INDEX "MaterialView_eventId_idx" ON "MaterialView"("eventId");

-- CreateIndex
CREATE INDEX "Appointment_askerId_idx" ON "Appointment"("askerId");

-- CreateIndex
CREATE INDEX "Appointment_askedId_idx" ON "Appointment"("askedId");

-- CreateIndex
CREATE UNIQUE INDEX "Appointment_eventId_startsAt_table_key" ON "Appointment"("eventId", "startsAt", "table");

-- CreateIndex
CREATE UNIQUE INDEX "AppointmentSeat_eventId_personId_startsAt_key" ON "AppointmentSeat"("eventId", "personId", "startsAt");

-- AddForeignKey
ALTER TABLE "Event" ADD CONSTRAINT "Event_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Ticket" ADD CONSTRAINT "Ticket_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("caseId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Party" ADD CONSTRAINT "Party_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("caseId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Attendee" ADD CONSTRAINT "Attendee_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("caseId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Attendee" ADD CONSTRAINT "Attendee_partyId_fkey" FOREIGN KEY ("partyId") REFERENCES "Party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EventReply" ADD CONSTRAINT "EventReply_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("caseId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Review" ADD CONSTRAINT "Review_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("caseId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Chain" ADD CONSTRAINT "Chain_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("caseId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("caseId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Acknowledgement" ADD CONSTRAINT "Acknowledgement_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("caseId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MaterialView" ADD CONSTRAINT "MaterialView_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("caseId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Profile" ADD CONSTRAINT "Profile_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("caseId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Appointment" ADD CONSTRAINT "Appointment_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Appointment" ADD CONSTRAINT "Appointment_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("caseId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AppointmentSeat" ADD CONSTRAINT "AppointmentSeat_appointmentId_fkey" FOREIGN KEY ("appointmentId") REFERENCES "Appointment"("caseId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FollowUp" ADD CONSTRAINT "FollowUp_appointmentId_fkey" FOREIGN KEY ("appointmentId") REFERENCES "Appointment"("caseId") ON DELETE RESTRICT ON UPDATE CASCADE;
