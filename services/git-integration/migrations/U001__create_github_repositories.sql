DROP TABLE github_repositories;
