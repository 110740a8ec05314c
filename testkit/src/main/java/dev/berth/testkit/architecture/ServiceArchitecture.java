package dev.berth.testkit.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** The rules that every service keeps, checked by one line in each service's tests. */
public final class ServiceArchitecture {
  private ServiceArchitecture() {}

  /**
   * Checks the service whose packages start with {@code root}, such as {@code dev.berth.lb}.
   *
   * @throws AssertionError naming each class that crosses a border
   */
  public static void check(String root) {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(root);
    rules(root).forEach(rule -> rule.check(classes));
  }

  private static List<ArchRule> rules(String root) {
    String domain = root + ".domain..";
    return List.of(
        noClasses()
            .that()
            .resideInAPackage(domain)
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                domain, "dev.berth.contracts..", "java..", "javax.annotation..")
            .because("a decision must be testable and replayable without any framework")
            .allowEmptyShould(true),
        noClasses()
            .that()
            .resideInAPackage(domain)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(RandomGenerator.class, "getDefault")
            .orShould()
            .callConstructor(Random.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .because("time, ids and randomness are inputs of a decision, never read by it")
            .allowEmptyShould(true),
        noClasses()
            .that()
            .resideInAPackage(domain)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.net..", "java.nio.file..", "java.util.logging..")
            .because("what a decision causes is carried out by an adapter")
            .allowEmptyShould(true),
        noClasses()
            .that()
            .resideInAPackage(root + ".application..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(root + ".adapter..")
            .because("the application knows ports; which adapter stands behind is wired outside")
            .allowEmptyShould(true),
        noClasses()
            .that()
            .resideInAPackage(root + "..")
            .should()
            .haveNameMatching(".*\\.(\\w*(Manager|Helper|Util|Utils|Common|Impl))")
            .because("such a name says nothing of what the class is for"));
  }
}
