package org.score4j.recipe.plugin;

import java.util.Map;

/**
 * A plugin that can be named in a recipe.
 *
 * @param service what it provides
 * @param name how a recipe calls it
 * @param keys what a recipe can tell it
 * @param presets other defaults for the keys, by the names that a recipe uses, in order
 * @param origin where it comes from
 */
public record PluginEntry(
    Service service, String name, Keys keys, Map<String, Record> presets, Origin origin) {}
