-- DropIndex
DROP INDEX "Offer_channel_conversation_number_idx";

-- DropIndex
DROP INDEX "Offer_open_of_case";

-- DropIndex
DROP INDEX "Outbox_waiting";

-- CreateIndex
CREATE INDEX "Offer_channel_conversation_number_offeredAt_idx" ON "Offer"("channel", "conversation", "number", "offeredAt");

-- CreateIndex
CREATE INDEX "Offer_channel_conversation_offeredAt_idx" ON "Offer"("channel", "conversation", "offeredAt");

-- CreateIndex
CREATE INDEX "Offer_open_of_case" ON "Offer"("caseId", "personId") WHERE ("closedAt" IS NULL);

-- CreateIndex
CREATE INDEX "Outbox_waiting" ON "Outbox"("channel", "account", "conversation", "id") WHERE (status = ANY (ARRAY['pending'::"OutboxStatus", 'sending'::"OutboxStatus", 'unsure'::"OutboxStatus"]));
