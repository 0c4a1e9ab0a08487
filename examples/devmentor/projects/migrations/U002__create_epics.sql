DROP TABLE epics;
