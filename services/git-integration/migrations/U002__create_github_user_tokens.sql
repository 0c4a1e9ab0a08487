DROP TABLE github_user_tokens;
