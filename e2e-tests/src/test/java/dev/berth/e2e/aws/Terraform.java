package dev.berth.e2e.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Terraform with the AWS provider, in a folder that has its configuration. */
public final class Terraform {
  /** Where the provider may be on this machine, in the layout of a filesystem mirror. */
  private static final List<Path> MIRRORS =
      List.of(
          Path.of("/opt/tf-plugins"),
          Path.of("/usr/local/share/terraform/plugins"),
          Path.of("/usr/share/terraform/plugins"),
          Path.of(System.getProperty("user.home"), ".terraform.d/plugins"));

  private final AwsTools tools;
  private final Path folder;
  private final Map<String, String> settings = new HashMap<>();

  private Terraform(AwsTools tools, Path folder) {
    this.tools = tools;
    this.folder = folder;
  }

  /** Skips the test where there is no Terraform. */
  public static void assumeThere() {
    assumeTrue(AwsTools.works("terraform", "version"), "needs terraform");
  }

  /**
   * Initializes a folder, or skips the test where the provider can't be had.
   *
   * @param configurations files that are copied there
   */
  public static Terraform in(AwsTools tools, Path folder, Path... configurations) {
    Terraform terraform = new Terraform(tools, folder);
    try {
      for (Path configuration : configurations) {
        Files.copy(configuration, folder.resolve(configuration.getFileName()));
      }
      terraform.useMirror();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assumeTrue(
        terraform.run("init").exitCode() == 0,
        "needs Terraform's AWS provider, from a mirror or the registry");
    return terraform;
  }

  private void useMirror() throws IOException {
    for (Path mirror : MIRRORS) {
      if (Files.isDirectory(mirror.resolve("registry.terraform.io/hashicorp/aws"))) {
        Path cli = folder.resolve("terraform.rc");
        Files.writeString(
            cli,
            """
            provider_installation {
              filesystem_mirror {
                path = "%s"
              }
            }
            """
                .formatted(mirror));
        settings.put("TF_CLI_CONFIG_FILE", cli.toString());
        return;
      }
    }
  }

  /** Sets a variable of the configuration, from now on. */
  public Terraform with(String variable, String value) {
    settings.put("TF_VAR_" + variable, value);
    return this;
  }

  /** Applies the configuration, and returns what Terraform said. */
  public String apply() {
    return run("apply", "-auto-approve").orThrow();
  }

  /** With {@code -detailed-exitcode}, 0 is an empty plan and 2 is one that has changes. */
  public void assertNothingToDo() {
    AwsTools.Result plan = run("plan", "-detailed-exitcode");
    assertThat(plan.exitCode()).as(plan.output()).isZero();
  }

  /** Destroys everything; nothing of AWS's is left in the state. */
  public void destroy() {
    run("destroy", "-auto-approve").orThrow();
    assertThat(
            tools
                .run(folder, "terraform", "state", "list")
                .output()
                .lines()
                .filter(line -> line.startsWith("aws_")))
        .isEmpty();
  }

  /** The value of an output that is a text. */
  public String output(String name) {
    return tools.run(folder, settings, "terraform", "output", "-raw", name).orThrow().strip();
  }

  private AwsTools.Result run(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of("terraform", command, "-no-color", "-input=false"));
    all.addAll(List.of(arguments));
    return tools.run(folder, settings, all.toArray(String[]::new));
  }
}
