package dev.berth.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.api.adapter.aws.json.JsonShapes;
import dev.berth.api.adapter.aws.json.UnreadableShapeException;
import java.io.IOException;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

/**
 * What the codec of the AWS wire takes to read and to write the largest shape, a
 * RegisterTaskDefinition with every member set, beside Jackson's tree of the same text.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CodecBenchmark {
  private final JsonShapes shapes = new JsonShapes();
  private final ObjectMapper jackson = new ObjectMapper();
  private RegisterTaskDefinitionRequest shape;
  private byte[] json;
  private JsonNode tree;

  /** Makes the shape, once for each process that measures. */
  @Setup
  public void fill() throws IOException {
    RegisterTaskDefinitionRequest.Builder builder = RegisterTaskDefinitionRequest.builder();
    WholeShape.fill(builder);
    shape = builder.build();
    json = shapes.write(shape);
    tree = jackson.readTree(json);
  }

  /** From the bytes of the wire to the shape. */
  @Benchmark
  public RegisterTaskDefinitionRequest codecReads() throws UnreadableShapeException {
    RegisterTaskDefinitionRequest.Builder builder = RegisterTaskDefinitionRequest.builder();
    shapes.read(json, builder);
    return builder.build();
  }

  /** From the shape to the bytes of the wire. */
  @Benchmark
  public byte[] codecWrites() {
    return shapes.write(shape);
  }

  /** The same text, without its types. */
  @Benchmark
  public JsonNode jacksonTreeReads() throws IOException {
    return jackson.readTree(json);
  }

  /** The same text from a tree that is there already. */
  @Benchmark
  public byte[] jacksonTreeWrites() throws IOException {
    return jackson.writeValueAsBytes(tree);
  }

  /** Runs all four, in a process of its own each, and prints a table. */
  static void run() throws RunnerException, IOException, UnreadableShapeException {
    CodecBenchmark sample = new CodecBenchmark();
    sample.fill();
    if (!sample.codecReads().equals(sample.shape)) {
      throw new IllegalStateException("The codec doesn't read what it has written");
    }
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(CodecBenchmark.class.getName())
                    .forks(1)
                    .warmupIterations(3)
                    .warmupTime(TimeValue.seconds(2))
                    .measurementIterations(5)
                    .measurementTime(TimeValue.seconds(1))
                    .jvmArgsAppend("-Xms256m", "-Xmx256m")
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    System.out.printf(
        Locale.ROOT,
        "| RegisterTaskDefinition with every member, %.1f KiB | p50 us | p99 us |%n|---|---|---|%n",
        sample.json.length / 1024.0);
    for (RunResult result : results) {
      Statistics micros = result.getPrimaryResult().getStatistics();
      System.out.printf(
          Locale.ROOT,
          "| %s | %.0f | %.0f |%n",
          result.getPrimaryResult().getLabel(),
          micros.getPercentile(50),
          micros.getPercentile(99));
    }
  }
}
