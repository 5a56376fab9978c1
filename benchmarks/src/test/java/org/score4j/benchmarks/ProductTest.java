package org.score4j.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.score4j.engine.size.ModelSize;

class ProductTest {

  @ParameterizedTest
  @ValueSource(strings = {"cifar10", "small", "points"})
  void productsAreAllThatTheSizeOfTheModelCounts(String recipe) {
    Subject subject = Subject.of(Path.of("recipes", recipe + ".json"));
    int batch = 4;
    long counted =
        batch * ModelSize.of(subject.recipe().scoreModel(), subject.example()).multiplications();
    assertEquals(
        counted, Product.of(subject, batch).stream().mapToLong(Product::multiplications).sum());
  }
}
