/** What a record says about its session: first pass over the record, without samples. */
package org.anodyne.export.facts;
