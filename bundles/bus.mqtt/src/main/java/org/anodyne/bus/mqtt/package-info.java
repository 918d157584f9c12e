/** The bus over MQTT 5. {@link org.anodyne.bus.mqtt.MqttMessageBus} is the bus, {@link org.anodyne.bus.mqtt.MqttBus} its component. */
package org.anodyne.bus.mqtt;
