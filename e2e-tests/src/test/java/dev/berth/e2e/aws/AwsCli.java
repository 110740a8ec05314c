package dev.berth.e2e.aws;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The AWS CLI.
 *
 * @param folder where it runs, and where {@code file://} names begin
 */
public record AwsCli(AwsTools tools, Path folder) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Skips the test where there is no CLI, and none can be installed. */
  public static void assumeThereOrInstalled() {
    if (!AwsTools.works("aws", "--version")
        && AwsTools.works("sh", "-c", "test $(id -u) = 0 && command -v apt-get")) {
      AwsTools.works("sh", "-c", "apt-get update && timeout 600 apt-get install -y awscli");
    }
    assumeTrue(
        AwsTools.works("aws", "--version"),
        "needs the AWS CLI (Debian's package awscli), and could not install it");
  }

  /** What a command that has to succeed answers. */
  public JsonNode json(String... arguments) {
    try {
      return JSON.readTree(text(arguments));
    } catch (IOException e) {
      throw new UncheckedIOException("Not JSON: " + Arrays.toString(arguments), e);
    }
  }

  /** The output of a command that has to succeed, without the line's end. */
  public String text(String... arguments) {
    return run(arguments).orThrow().strip();
  }

  public AwsTools.Result run(String... arguments) {
    List<String> command = new ArrayList<>(List.of("aws"));
    command.addAll(List.of(arguments));
    return tools.run(folder, command.toArray(String[]::new));
  }
}
