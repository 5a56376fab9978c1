package org.score4j.recipe.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins in class loaders that know no modules. */
class ClassPathTest {
  private static final String BODY = "public MySampler() { this(10); }";
  private static final String RECORD = "public record MySampler(int steps)";

  @TempDir static Path shared;
  private static Path compiled;

  @TempDir Path temp;
  private PluginJars jars;

  @BeforeAll
  static void compile() throws IOException {
    Map<String, String> sources = new LinkedHashMap<>();
    for (String each : List.of("a", "b")) {
      sources.put(
          each + "/MySampler.java", PluginJars.sampler(each, "sampler-" + each, RECORD, BODY));
    }
    compiled = new PluginJars(shared).compile("all", sources);
  }

  @BeforeEach
  void makeFolders() throws IOException {
    jars = new PluginJars(temp.toRealPath());
  }

  /** Classes of a sampler in each of some packages, and their declaration. */
  private Path classes(String... packages) throws IOException {
    Path classes = temp.toRealPath().resolve("classes");
    for (String each : packages) {
      Path sampler = Path.of(each, "MySampler.class");
      Files.createDirectories(classes.resolve(each));
      Files.copy(compiled.resolve(sampler), classes.resolve(sampler));
    }
    PluginJars.declare(
        classes, Stream.of(packages).map(each -> each + ".MySampler").toArray(String[]::new));
    return classes;
  }

  private static URLClassLoader above(ClassLoader parent, Path... places) throws IOException {
    List<URL> urls = new ArrayList<>();
    for (Path place : places) {
      urls.add(place.toUri().toURL());
    }
    return new URLClassLoader(urls.toArray(URL[]::new), parent);
  }

  private static URLClassLoader loader(Path... places) throws IOException {
    return above(ClassPathTest.class.getClassLoader(), places);
  }

  /** Does something on behalf of an application with its own class loader. */
  private static <T> T with(ClassLoader application, Supplier<T> action) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(application);
    try {
      return action.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static PluginCatalogue survey(ClassLoader application, Path... folders) {
    return with(application, () -> PluginCatalogue.survey(List.of(folders)));
  }

  private static void assertTold(ClassLoader application, String... problems) {
    assertEquals(List.of(problems), survey(application).problems());
  }

  @Test
  void aJarIsFoundByTheLoaderOfTheThreadAndNamedInPlaceOfItsModule() throws IOException {
    Path jar = jars.pack("a-1.0", classes("a"));
    try (var application = loader(jar)) {
      PluginEntry entry = survey(application).find(Service.SAMPLER, "sampler-a").orElseThrow();
      assertEquals(
          new Origin(Optional.empty(), Optional.empty(), Optional.of(jar)), entry.origin());
      assertEquals("a-1.0.jar", entry.origin().id());
      assertEquals(jar.toString(), entry.origin().toString());
    }
  }

  @Test
  void aFolderOfClassesIsFoundWithItsDescription() throws IOException {
    Path classes = classes("a");
    PluginJars.describe(classes, "a.MySampler", "description=Samples.\n");
    try (var application = loader(classes)) {
      PluginEntry entry = survey(application).find(Service.SAMPLER, "sampler-a").orElseThrow();
      assertEquals(Optional.of(classes), entry.origin().jar());
      assertEquals("Samples.", Description.of(entry.keys().type()).text());
    }
  }

  @Test
  void oneJarMayHoldThePluginsOfMany() throws IOException {
    Path classes = classes("a", "b");
    PluginJars.declare(
        classes, "a.MySampler", "# of b", " b.MySampler  # twice", "", "b.MySampler");
    try (var application = loader(jars.pack("all", classes))) {
      PluginCatalogue catalogue = survey(application);
      assertEquals(List.of("sampler-a", "sampler-b"), catalogue.names(Service.SAMPLER));
      assertEquals(List.of(), catalogue.problems());
    }
  }

  @Test
  void aSecondCopyOfAJarIsToldOnce() throws IOException {
    Path classes = classes("a", "b");
    Path first = jars.pack("first", classes);
    Path second = jars.pack("second", classes);
    try (var application = loader(first, second, first)) {
      assertTold(
          application, second + ": its plugins are also in " + first + "; remove one of the two");
    }
  }

  @Test
  void aCopyInThePluginFolderIsToldOnce() throws IOException {
    Path classes = classes("a", "b");
    Path first = Files.move(jars.pack("first", classes), temp.resolve("first.jar")).toRealPath();
    Path second = jars.pack("second", classes);
    try (var application = loader(first)) {
      assertEquals(
          List.of(second + ": its plugins are also in " + first + "; remove one of the two"),
          survey(application, jars.folder()).problems());
    }
  }

  @Test
  void theSameJarOnTheClassPathAndInThePluginFolderIsOne() throws IOException {
    Path jar = jars.pack("a", classes("a"));
    try (var application = loader(jar)) {
      PluginCatalogue catalogue = survey(application, jars.folder());
      assertEquals(List.of(), catalogue.problems());
      assertEquals(List.of("sampler-a"), catalogue.names(Service.SAMPLER));
    }
  }

  @Test
  void aDeclarationMayLieApartFromItsClass() throws IOException {
    Path classes = classes("a");
    Path resources = Files.createDirectory(temp.resolve("resources"));
    PluginJars.declare(resources, "a.MySampler");
    try (var application = loader(resources, classes)) {
      assertTold(application);
    }
  }

  @Test
  void whatAnotherCopyOfTheApiDeclaresIsNotOurs() throws IOException {
    Path jar = jars.pack("a", classes("a"));
    try (var application = above(null, jar)) {
      PluginCatalogue catalogue = survey(application);
      assertEquals(List.of(), catalogue.names(Service.SAMPLER));
      assertEquals(List.of(), catalogue.problems());
    }
  }

  @Test
  void declarationsThatHoldNoPluginAreTold() throws IOException {
    Path classes = classes("a");
    PluginJars.declare(classes, "a.MySampler", "a.Gone");
    Files.move(
        classes.resolve("META-INF/services/org.score4j.api.Sampler"),
        classes.resolve("META-INF/services/org.score4j.api.Sde"));
    Path jar = jars.pack("a", classes);
    try (var application = loader(jar)) {
      assertTold(
          application,
          jar + ": a.Gone cannot be loaded: java.lang.ClassNotFoundException: a.Gone",
          jar + ": a.MySampler cannot be loaded: it does not implement org.score4j.api.Sde");
    }
  }

  @Test
  void aJarForAnotherApiIsToldOnce() throws IOException {
    Path classes = classes("a");
    String here = ApiVersion.here().orElseThrow();
    PluginJars.describe(classes, "a.MySampler", "api=9.1.0\n");
    Path jar = jars.pack("a", classes);
    try (var application = loader(jar)) {
      assertTold(
          application,
          jar
              + ": package a was compiled for org.score4j.api 9.1.0, but this is "
              + here
              + "; get a build of the plugin for it, or compile it against score4j-api "
              + here);
    }
  }

  private Path module(String jar) {
    return jars.jar(
        jar,
        Map.of(
            "module-info.java",
            PluginJars.module("mine", "mine", "MySampler"),
            "mine/MySampler.java",
            PluginJars.sampler("mine", "my-sampler", RECORD, BODY)));
  }

  private static List<ModuleReference> references(Path... jars) {
    return List.copyOf(ModuleFinder.of(jars).findAll());
  }

  @Test
  void modulesOfAPluginFolderAreLoadedWithoutModulesToo() {
    List<String> problems = new ArrayList<>();
    List<Class<?>> types =
        FolderProviders.of(references(module("mine"))).of(Service.SAMPLER, problems);
    assertEquals(List.of("mine.MySampler"), types.stream().map(Class::getName).toList());
    assertEquals(false, types.get(0).getModule().isNamed());
    assertEquals(List.of(), problems);
  }

  @Test
  void aModuleThatIsOnTheClassPathAlreadyIsTold() throws IOException {
    Path jar = module("mine");
    Path copy = Files.copy(jar, temp.toRealPath().resolve("copy.jar"));
    List<String> problems = new ArrayList<>();
    try (var program = loader(copy);
        var folder = above(program, jar)) {
      new FolderProviders(folder, references(jar)).of(Service.SAMPLER, problems);
    }
    assertEquals(
        List.of(jar + ": its plugins are also in " + copy + "; remove one of the two"), problems);
  }

  @Test
  void aModuleThatDeclaresNothingForTheClassPathIsFoundThereToo() throws IOException {
    try (var application = loader(Files.move(module("mine"), temp.resolve("mine.jar")))) {
      PluginCatalogue catalogue = survey(application);
      assertEquals(List.of(), catalogue.problems());
      assertEquals(List.of("my-sampler"), catalogue.names(Service.SAMPLER));
    }
  }

  @Test
  void aDescriptorMayNameClassesThatAMergedJarLacks() throws IOException {
    Path classes = classes("a");
    Path other =
        jars.compile(
            "mine",
            Map.of(
                "module-info.java",
                PluginJars.module("mine", "mine", "MySampler"),
                "mine/MySampler.java",
                PluginJars.sampler("mine", "my-sampler", RECORD, BODY)));
    Files.copy(other.resolve("module-info.class"), classes.resolve("module-info.class"));
    try (var application = loader(jars.pack("merged", classes))) {
      PluginCatalogue catalogue = survey(application);
      assertEquals(List.of(), catalogue.problems());
      assertEquals(List.of("sampler-a"), catalogue.names(Service.SAMPLER));
    }
  }
}
