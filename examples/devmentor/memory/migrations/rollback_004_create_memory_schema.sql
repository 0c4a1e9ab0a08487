-- The schema itself stays: the platform makes and drops it.
DROP TABLE memory.chunks, memory.documents;
