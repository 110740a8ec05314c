package dev.berth.e2e.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.e2e.BerthSuite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/** What {@code ./berth up} prints for AWS's tools, and how they are run with it. */
public record AwsTools(URI endpoint, Path credentials) {
  private static final long PATIENCE_MINUTES = 5;

  /** What a command said, and how it ended. */
  public record Result(int exitCode, String output) {
    /** The output of a command that has to succeed. */
    public String orThrow() {
      if (exitCode != 0) {
        throw new AssertionError("Exit code " + exitCode + ":\n" + output);
      }
      return output;
    }
  }

  public static AwsTools of(BerthSuite suite) {
    return new AwsTools(URI.create("http://127.0.0.1:" + suite.ports().api()), suite.credentials());
  }

  /** Runs a tool in a folder, with these three variables and nothing else of AWS's. */
  public Result run(Path folder, String... command) {
    return run(folder, Map.of(), command);
  }

  public Result run(Path folder, Map<String, String> more, String... command) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
      Map<String, String> environment = builder.environment();
      environment.keySet().removeIf(name -> name.startsWith("AWS_"));
      environment.put("AWS_ENDPOINT_URL", endpoint.toString());
      environment.put("AWS_SHARED_CREDENTIALS_FILE", credentials.toString());
      environment.put("AWS_REGION", "us-east-1");
      environment.put("AWS_PAGER", "");
      environment.putAll(more);
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("Still running: " + Arrays.toString(command) + "\n" + output);
      }
      return new Result(process.exitValue(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while running " + List.of(command), e);
    }
  }

  /** Whether a command is there and works. */
  public static boolean works(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A client of the SDK that takes the same file. */
  public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
    Map<String, String> profile = profile();
    return builder
        .endpointOverride(endpoint)
        .region(Region.of(profile.get("region")))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(
                    profile.get("aws_access_key_id"), profile.get("aws_secret_access_key"))))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .overrideConfiguration(o -> o.addExecutionInterceptor(new SeenCalls()))
        .build();
  }

  private Map<String, String> profile() {
    try {
      Map<String, String> members = new HashMap<>();
      for (String line : Files.readAllLines(credentials)) {
        int equals = line.indexOf('=');
        if (equals > 0) {
          members.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
        }
      }
      return members;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The ARNs of the container instances of the cluster {@code default}. */
  public static List<String> instances(BerthSuite suite) {
    return suite.activeInstances().stream()
        .map((JsonNode instance) -> instance.path("containerInstanceArn").asText())
        .toList();
  }
}
