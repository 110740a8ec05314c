package dev.berth.api.domain.fold;

/** The account and region that public events name. */
public record EventScope(String account, String region) {}
