package dev.berth.api.adapter.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.adapter.aws.MemberTable;
import dev.berth.api.adapter.aws.ModelOperation;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** Walks the table of required members and lengths beside the shapes of the SDK. */
class EcsMembersTest {
  private static final MemberTable TABLE = MemberTable.read(EcsMembers.TABLE);
  private static final Map<String, Supplier<SdkPojo>> SHAPES = shapesOfRequests();

  /** A row of the table. */
  record Line(String shape, String member, MemberTable.Row row) {
    SdkField<?> field() {
      return SHAPES.get(shape).get().sdkFields().stream()
          .filter(one -> one.locationName().equals(member))
          .findFirst()
          .orElseThrow(() -> new AssertionError(shape + " has no member " + member));
    }

    /** The shape with nothing but this member, if even that. */
    SdkPojo with(Object value) {
      SdkPojo builder = SHAPES.get(shape).get();
      if (value != null) {
        field().set(builder, value);
      }
      return (SdkPojo) ((Buildable) builder).build();
    }

    Object ofLength(int length) {
      return field().marshallingType() == MarshallingType.LIST
          ? Collections.nCopies(length, element())
          : "x".repeat(length);
    }

    private Object element() {
      SdkField<?> of = field().getTrait(ListTrait.class).memberFieldInfo();
      return of.constructor() == null ? "x" : ((Buildable) of.constructor().get()).build();
    }

    Stream<String> violationsOf(Object value) {
      String words = member.replaceAll("([A-Z])", " $1");
      return TABLE.violations(with(value)).stream()
          .filter(
              sentence ->
                  sentence.startsWith(member + " ")
                      || sentence.regionMatches(true, 0, words + " cannot", 0, words.length() + 7));
    }

    @Override
    public String toString() {
      return shape + "." + member;
    }
  }

  static Stream<Line> lines() {
    return new TreeMap<>(TABLE.rows())
        .entrySet().stream()
            .flatMap(
                shape ->
                    shape.getValue().entrySet().stream()
                        .map(row -> new Line(shape.getKey(), row.getKey(), row.getValue())));
  }

  private static Map<String, Supplier<SdkPojo>> shapesOfRequests() {
    Map<String, Supplier<SdkPojo>> shapes = new TreeMap<>();
    Deque<SdkField<?>> open = new ArrayDeque<>();
    for (ModelOperation operation : EcsService.ECS.model().operations()) {
      shapes.put(operation.name(), () -> (SdkPojo) operation.emptyRequest().toBuilder());
      open.addAll(operation.emptyRequest().sdkFields());
    }
    while (!open.isEmpty()) {
      SdkField<?> field = open.pop();
      ListTrait list = field.getTrait(ListTrait.class);
      SdkField<?> of = list == null ? field : list.memberFieldInfo();
      if (of.constructor() != null) {
        Supplier<SdkPojo> constructor = of.constructor();
        String name = ((Buildable) constructor.get()).build().getClass().getSimpleName();
        if (shapes.put(name, constructor) == null) {
          open.addAll(constructor.get().sdkFields());
        }
      } else if (list != null && of.getTrait(ListTrait.class) != null) {
        open.push(of);
      }
    }
    return shapes;
  }

  @Test
  void theTableIsOfShapesThatRequestsHave() {
    assertThat(SHAPES.keySet()).containsAll(TABLE.rows().keySet());
    assertThat(lines().count()).isGreaterThan(150);
  }

  @ParameterizedTest
  @MethodSource("lines")
  void aRowSaysSomethingThatIsHeldAgainstRequests(Line line) {
    MemberTable.Row row = line.row();
    assertThat(row.required() || row.most() < Integer.MAX_VALUE).isTrue();
    assertThat(line.violationsOf(null)).hasSize(row.required() ? 1 : 0);
    if (row.most() < Integer.MAX_VALUE) {
      assertThat(line.violationsOf(line.ofLength(row.most()))).isEmpty();
      assertThat(line.violationsOf(line.ofLength(row.most() + 1))).hasSize(1);
    }
    if (row.least() > 0) {
      assertThat(line.violationsOf(line.ofLength(row.least() - 1))).hasSize(1);
      assertThat(line.violationsOf(line.ofLength(row.least()))).isEmpty();
    }
  }
}
