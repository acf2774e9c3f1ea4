CREATE TABLE "contact_key" (
	"workspace_id" text NOT NULL,
	"value" text NOT NULL,
	"contact_id" uuid NOT NULL,
	CONSTRAINT "contact_key_workspace_id_value_pk" PRIMARY KEY("workspace_id","value")
);
--> statement-breakpoint
ALTER TABLE "connection" ADD COLUMN "marks_tickets" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "connection" ADD COLUMN "notes_tickets" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "merged_into" uuid;--> statement-breakpoint
ALTER TABLE "ticket" ADD COLUMN "mark_due_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "ticket" ADD COLUMN "mark_attempts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "ticket" ADD COLUMN "mark_outcome" text;--> statement-breakpoint
ALTER TABLE "contact_key" ADD CONSTRAINT "contact_key_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_key" ADD CONSTRAINT "contact_key_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "contact_key_contact" ON "contact_key" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "ticket_mark_due" ON "ticket" USING btree ("connection_id","mark_due_at") WHERE "ticket"."mark_due_at" is not null;