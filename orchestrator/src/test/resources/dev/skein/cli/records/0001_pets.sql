CREATE TYPE "public"."kind" AS ENUM('a', 'b');--> statement-breakpoint
CREATE TABLE "pets" (
	"id" integer PRIMARY KEY NOT NULL,
	"k" "kind",
	"owner" integer
);
--> statement-breakpoint
ALTER TABLE "pets" ADD CONSTRAINT "pets_owner_people_id_fk" FOREIGN KEY ("owner") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;