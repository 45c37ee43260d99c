-- CreateTable
CREATE TABLE "Alert" (
    "key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Alert_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "Inbox_failed" ON "Inbox"("id") WHERE (attempts > 0);

-- CreateIndex
CREATE INDEX "Outbox_failed" ON "Outbox"("id") WHERE (status = 'failed'::"OutboxStatus");
