package org.score4j.guards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Dependencies between modules, cycles and package sizes, over the classes of all jars. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StructureTest {

  private static final String OURS = "org.score4j";

  private static final Set<String> PLUGINS =
      Set.of("sde", "model", "loss", "optimizer", "sampler", "control", "data", "metric");

  /** The packages of the library, which share no prefix. */
  private static final Set<String> LIBRARY =
      Set.of(
          "",
          "run",
          "folder",
          "examples",
          "label",
          "size",
          "training",
          "sampling",
          "evaluation",
          "flow");

  private static final Set<String> BELOW_RECIPE = Set.of("api", "format", "solver", "engine");
  private static final Set<String> BELOW_LIBRARY = and(BELOW_RECIPE, "recipe");
  private static final Set<String> BELOW_INTEROP = and(BELOW_LIBRARY, "library");

  /** What each room may use besides itself. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("format", Set.of()),
          Map.entry("api", Set.of("format")),
          Map.entry("solver", Set.of("api", "format")),
          Map.entry("engine", Set.of("api", "format", "solver")),
          Map.entry("plugins", Set.of("api", "format", "solver")),
          Map.entry("testkit", BELOW_RECIPE),
          Map.entry("recipe", BELOW_RECIPE),
          Map.entry("library", BELOW_LIBRARY),
          Map.entry("interop", BELOW_INTEROP),
          Map.entry("report", BELOW_INTEROP),
          Map.entry("runner", and(BELOW_INTEROP, "interop", "report")));

  private static final Set<String> LIBRARY_AND_BELOW = and(BELOW_LIBRARY, "library", "plugins");

  private static final Set<String> ENDS_OR_PRINTS =
      Set.of(
          "java.lang.System.out",
          "java.lang.System.err",
          "java.lang.System.exit",
          "java.lang.Runtime.exit",
          "java.lang.Runtime.halt");

  private static final Predicate<String> OPTION = Pattern.compile("--[a-z]").asPredicate();

  private JavaClasses classes;

  @BeforeAll
  void readClasses() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(OURS);
    assertFalse(classes.isEmpty(), "no class of ours on the class path");
  }

  @Test
  void everyPackageBelongsToARoom() {
    Set<String> rooms = classes.stream().map(StructureTest::room).collect(Collectors.toSet());
    assertEquals(new TreeSet<>(MAY_USE.keySet()), new TreeSet<>(rooms));
  }

  @Test
  void roomsUseOnlyTheRoomsBelowThem() {
    none(
        classes.stream()
            .flatMap(
                from ->
                    ours(from)
                        .filter(to -> !room(from).equals(room(to)))
                        .filter(to -> !MAY_USE.get(room(from)).contains(room(to)))
                        .map(to -> from.getName() + " uses " + to.getName())));
  }

  @Test
  void packagesFormNoCycles() {
    none(cycles(JavaClass::getPackageName, Known.PACKAGE_CYCLES));
  }

  @Test
  void classesFormNoCycles() {
    none(cycles(c -> outermost(c).getName(), Known.CLASS_CYCLES));
  }

  @Test
  void aPackageHasAtMost25Classes() {
    Map<String, Set<String>> members = new TreeMap<>();
    for (JavaClass c : classes) {
      if (!c.getSimpleName().equals("package-info")) {
        members
            .computeIfAbsent(c.getPackageName(), name -> new TreeSet<>())
            .add(outermost(c).getName());
      }
    }
    none(
        members.entrySet().stream()
            .filter(e -> e.getValue().size() > Known.LARGE_PACKAGES.getOrDefault(e.getKey(), 25))
            .map(e -> e.getKey() + " has " + e.getValue().size() + " classes"));
  }

  @Test
  void theLibraryNeitherPrintsNorExits() {
    none(
        in(LIBRARY_AND_BELOW)
            .flatMap(
                from ->
                    from.getAccessesFromSelf().stream()
                        .map(StructureTest::target)
                        .filter(ENDS_OR_PRINTS::contains)
                        .map(to -> from.getName() + " uses " + to)));
  }

  @Test
  void theLibraryKnowsNoCommandLine() {
    none(
        in(LIBRARY_AND_BELOW)
            .flatMap(
                from ->
                    used(from)
                        .filter(to -> to.getName().startsWith("picocli."))
                        .map(to -> from.getName() + " uses " + to.getName())));
  }

  @Test
  void theLibraryNamesNoOption() {
    none(
        in(LIBRARY_AND_BELOW)
            .filter(from -> !Known.NAME_OPTIONS.contains(outermost(from).getName()))
            .flatMap(
                from ->
                    strings(from)
                        .filter(OPTION)
                        .map(text -> from.getName() + " names an option: " + text)));
  }

  /** Plugins decode and encode image files. */
  @Test
  void theLibraryDrawsNothing() {
    none(
        in(BELOW_INTEROP)
            .filter(from -> !Known.USE_AWT.contains(outermost(from).getName()))
            .flatMap(
                from ->
                    used(from)
                        .filter(to -> to.getName().matches("(java\\.awt|javax\\.swing)\\..*"))
                        .map(to -> from.getName() + " uses " + to.getName())));
  }

  /** The cycles of more than one node that are part of no known one. */
  private Stream<String> cycles(Function<JavaClass, String> node, List<Set<String>> known) {
    Map<String, Set<String>> edges = new TreeMap<>();
    for (JavaClass from : classes) {
      Set<String> targets = edges.computeIfAbsent(node.apply(from), name -> new TreeSet<>());
      ours(from).map(node).forEach(targets::add);
    }
    return Components.of(edges).stream()
        .filter(cycle -> cycle.size() > 1)
        .filter(cycle -> known.stream().noneMatch(k -> k.containsAll(cycle)))
        .map(cycle -> "cycle of " + cycle);
  }

  private Stream<JavaClass> in(Set<String> rooms) {
    return classes.stream().filter(c -> rooms.contains(room(c)));
  }

  private static void none(Stream<String> faults) {
    String found = faults.distinct().sorted().collect(Collectors.joining("\n"));
    assertEquals("", found);
  }

  private static Stream<JavaClass> used(JavaClass from) {
    return from.getDirectDependenciesFromSelf().stream()
        .map(Dependency::getTargetClass)
        .map(JavaClass::getBaseComponentType);
  }

  private static Stream<JavaClass> ours(JavaClass from) {
    return used(from).filter(to -> (to.getPackageName() + ".").startsWith(OURS + "."));
  }

  private static JavaClass outermost(JavaClass c) {
    return c.getEnclosingClass().map(StructureTest::outermost).orElse(c);
  }

  private static String target(JavaAccess<?> access) {
    return access.getTargetOwner().getName() + "." + access.getTarget().getName();
  }

  private static Stream<String> strings(JavaClass c) {
    try (InputStream in = c.getSource().orElseThrow().getUri().toURL().openStream()) {
      return ConstantStrings.of(in).stream();
    } catch (IOException e) {
      throw new IllegalStateException(c.getName(), e);
    }
  }

  private static String room(JavaClass c) {
    String below = c.getPackageName().substring(OURS.length());
    String first = Stream.of(below.split("\\.")).skip(1).findFirst().orElse("");
    return PLUGINS.contains(first) ? "plugins" : LIBRARY.contains(first) ? "library" : first;
  }

  private static Set<String> and(Set<String> some, String... more) {
    return Stream.concat(some.stream(), Stream.of(more)).collect(Collectors.toSet());
  }
}
