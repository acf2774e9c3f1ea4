CREATE TABLE "address_state" (
	"workspace_id" text NOT NULL,
	"address" text NOT NULL,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"invitation_id" text,
	CONSTRAINT "address_state_workspace_id_address_kind_pk" PRIMARY KEY("workspace_id","address","kind")
);
--> statement-breakpoint
ALTER TABLE "address_state" ADD CONSTRAINT "address_state_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "address_state" ADD CONSTRAINT "address_state_invitation_id_invitation_id_fk" FOREIGN KEY ("invitation_id") REFERENCES "public"."invitation"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "address_state_invitation" ON "address_state" USING btree ("invitation_id");--> statement-breakpoint
ALTER TABLE "contact" DROP COLUMN "bounced_at";