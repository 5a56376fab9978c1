package org.score4j.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.score4j.api.Sampler;

class SamplerTableTest {

  @Test
  void everySamplerHasARow() {
    var provided =
        SamplerTable.class.getModule().getDescriptor().provides().stream()
            .filter(provides -> provides.service().equals(Sampler.class.getName()))
            .flatMap(provides -> provides.providers().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    // Made to complete images: without a control it is ddpm, many times over.
    provided.remove(RePaint.class.getName());
    var measured =
        SamplerTable.rows().stream()
            .map(row -> row.sampler().getClass().getName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(provided, measured);
  }

  @Test
  void rowsAreToldApartByWhatIsNotDefault() {
    var karras = new EulerMaruyama(7, new KarrasGrid(3));
    assertEquals("euler-maruyama", RecipeText.of(new EulerMaruyama(7, new UniformGrid())));
    assertEquals("euler-maruyama (grid karras (rho 3.0))", RecipeText.of(karras));
    long names = SamplerTable.rows().stream().map(SamplerTable.Row::name).distinct().count();
    assertEquals(SamplerTable.rows().size(), names);
  }
}
