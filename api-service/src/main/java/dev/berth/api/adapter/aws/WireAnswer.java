package dev.berth.api.adapter.aws;

/** An answer as bytes, with its HTTP status. */
@SuppressWarnings("ArrayRecordComponent") // written once and handed to the connection
public record WireAnswer(int status, String contentType, byte[] body) {}
