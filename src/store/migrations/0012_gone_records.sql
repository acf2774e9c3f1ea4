ALTER TABLE "copy" ADD COLUMN "gone_looks" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "copy" ADD COLUMN "gone_check_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "copy_gone" ON "copy" USING btree ("connection_id","gone_check_at") WHERE "copy"."gone_check_at" is not null;