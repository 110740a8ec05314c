package dev.berth.contracts.taskdef;

/** Where the credentials of a private registry are kept (ECS: RepositoryCredentials). */
public record RepositoryCredentials(String credentialsParameter) {}
