package org.score4j.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.score4j.RunListener;

class RunListenersTest {
  private final RunListener first = mock(RunListener.class);
  private final RunListener second = mock(RunListener.class);
  private final RunListeners both = new RunListeners(List.of(first, second), List.of());

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

  @Test
  void aProvidedListenerThatFailsIsNotCalledAgain() {
    var provided = mock(RunListener.class);
    doThrow(new IllegalStateException("its own fault")).when(provided).saving(7);
    var all = new RunListeners(List.of(first), List.of(provided));
    all.saving(7);
    all.saving(8);
    verify(first).saving(8);
    verify(provided, never()).saving(8);
  }

  @Test
  void aProvidedListenerCanCancel() {
    var provided = mock(RunListener.class);
    doThrow(new CancellationException()).when(provided).saving(7);
    var all = new RunListeners(List.of(first), List.of(provided));
    assertThrows(CancellationException.class, () -> all.saving(7));
  }
}
