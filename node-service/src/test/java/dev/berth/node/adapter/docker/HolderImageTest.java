package dev.berth.node.adapter.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HolderImageTest {
  @ParameterizedTest
  @CsvSource({"x86_64, 62", "amd64, 62", "aarch64, 183", "arm64, 183"})
  void isAStaticProgramOfTheMachinesOwnKind(String architecture, short machine) {
    byte[] program = HolderImage.program(architecture);
    ByteBuffer elf = ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(elf.getInt(0)).isEqualTo(0x464c457f);
    assertThat(elf.getShort(18)).isEqualTo(machine);
    assertThat(elf.getLong(64 + 32)).as("size in the file").isEqualTo(program.length);
    // The code addresses its data relative to itself: 128 bytes of both behind the headers.
    assertThat(program).hasSize(120 + 128);
  }

  @Test
  void isTheSameEveryTime() {
    assertThat(HolderImage.tar("x86_64")).isEqualTo(HolderImage.tar("x86_64"));
  }

  @Test
  void saysForWhichMachinesThereIsNone() {
    assertThatThrownBy(() -> HolderImage.program("riscv64")).hasMessageContaining("riscv64");
  }
}
