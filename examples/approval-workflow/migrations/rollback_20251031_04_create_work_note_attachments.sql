DROP TABLE work_note_attachments;
