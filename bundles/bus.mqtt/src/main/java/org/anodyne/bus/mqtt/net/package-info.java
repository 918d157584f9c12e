/** What the client library is given instead of its own parts: connection, reading, logging. */
package org.anodyne.bus.mqtt.net;
