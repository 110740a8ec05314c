package dev.berth.api.domain.taskdefinition;

import java.math.BigDecimal;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** CPU and memory as ECS lets people write them. */
final class Amounts {
  private static final Pattern CPU =
      Pattern.compile("(\\d{1,6}(?:\\.\\d{1,3})?|\\.\\d{1,3})\\s*vcpus?", Pattern.CASE_INSENSITIVE);
  private static final Pattern MEMORY =
      Pattern.compile("(\\d{1,6}(?:\\.\\d{1,3})?|\\.\\d{1,3})\\s*gb", Pattern.CASE_INSENSITIVE);
  private static final Pattern PLAIN = Pattern.compile("\\d{1,9}");
  private static final BigDecimal KIBI = BigDecimal.valueOf(1024);

  private Amounts() {}

  /**
   * CPU units of {@code "512"}, {@code "0.5 vCPU"} or {@code ".25 vcpu"}; empty if it is neither.
   */
  static OptionalInt cpuUnits(String text) {
    return amount(text, CPU);
  }

  /** MiB of {@code "512"} or {@code "0.5 GB"}; empty if it is neither. */
  static OptionalInt mebibytes(String text) {
    return amount(text, MEMORY);
  }

  private static OptionalInt amount(String text, Pattern withUnit) {
    String trimmed = text.strip();
    if (PLAIN.matcher(trimmed).matches()) {
      return OptionalInt.of(Integer.parseInt(trimmed));
    }
    Matcher matcher = withUnit.matcher(trimmed);
    return matcher.matches()
        ? OptionalInt.of(new BigDecimal(matcher.group(1)).multiply(KIBI).intValue())
        : OptionalInt.empty();
  }
}
