/** What an instrument is: items, scales, rules for missing answers, licence; read from JSON and checked. */
package org.anodyne.plugins.instruments.definition;
