ALTER TABLE stock ADD COLUMN room text;
