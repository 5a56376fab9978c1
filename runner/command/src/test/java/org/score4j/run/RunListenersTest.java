package org.score4j.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.score4j.RunListener;

class RunListenersTest {
  private final RunListener first = mock(RunListener.class);
  private final RunListener second = mock(RunListener.class);
  private final RunListeners both = new RunListeners(new LinkedHashSet<>(List.of(first, second)));

  @Test
  void areCalledInOrder() {
    both.saving(7);
    var order = inOrder(first, second);
    order.verify(first).saving(7);
    order.verify(second).saving(7);
  }

  @Test
  void eachHearsOfTheEndWhateverTheOthersThrow() {
    var fault = new IllegalStateException("first");
    doThrow(fault).when(first).finished(any());
    doThrow(fault).when(first).failed();
    var end = new RunListener.Outcome(0, 10, 10);
    assertEquals(fault, assertThrows(IllegalStateException.class, () -> both.finished(end)));
    assertEquals(fault, assertThrows(IllegalStateException.class, both::failed));
    verify(second).finished(end);
    verify(second).failed();
  }
}
