package dev.berth.lb.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusCodeMatcherTest {
  @ParameterizedTest
  @CsvSource({
    "'200',200,true",
    "'200',201,false",
    "'200,302',302,true",
    "'200-299',299,true",
    "'200-299',300,false",
    "'200, 301-399 ,404',350,true",
    "'200,301-399,404',300,false",
    "'',200,true",
    "'',204,false"
  })
  void matchesCodesAndRanges(String text, int code, boolean expected) {
    assertThat(StatusCodeMatcher.parse(text).matches(code)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"abc", "200,", "299-200", "99", "600", "2000", "200-", "-200", "200--201"})
  void refusesWhatIsNoListAndNamesThePart(String text) {
    assertThatThrownBy(() -> StatusCodeMatcher.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'");
  }

  @Test
  void absentMeans200() {
    assertThat(StatusCodeMatcher.parse(null)).isEqualTo(StatusCodeMatcher.DEFAULT);
  }
}
