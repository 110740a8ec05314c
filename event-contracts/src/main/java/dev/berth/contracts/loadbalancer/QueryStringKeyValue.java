package dev.berth.contracts.loadbalancer;

/** A parameter of a query string (ELBv2: QueryStringKeyValuePair); without a key, of any name. */
public record QueryStringKeyValue(String key, String value) {}
