-- DropIndex
DROP INDEX "Outbox_waiting";

-- CreateIndex
CREATE INDEX "Offer_channel_conversation_offeredAt_idx" ON "Offer"("channel", "conversation", "offeredAt");

-- CreateIndex
CREATE INDEX "Outbox_waiting" ON "Outbox"("channel", "account", "conversation", "id") WHERE (status = ANY (ARRAY['pending'::"OutboxStatus", 'sending'::"OutboxStatus", 'unsure'::"OutboxStatus"]));
