/** Taking part at home: what a participant is to do there, and what was sent from there. */
package org.anodyne.console.home;
